"""The division by floors (إفراز طابقي) of a building with a permit: from its model to sheets of the register."""
