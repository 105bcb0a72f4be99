# Council-owned property
event-assets-listed = Properties listed in the council's inventory
event-asset-advanced = Property advanced in its documentation
event-contract-signed = Contract on a council property signed
event-contract-ended = Contract on a council property ended
