"""Floor-wise division (الإفراز الطابقي): sections and common parts, their areas and shares in the land."""
