cli-command-fee = Compute a fee from a tariff
cli-command-verify = Verify a permit token without network
cli-command-demo = The whole story: two cases from an IFC to a permit
cli-command-serve = Serve portal, desks and API
cli-command-worker = Run jobs on this machine
cli-command-office = Set the office up: database, zones, accounts
cli-command-audit = Prove the audit chain
cli-command-sandbox-switch = A sandbox payment switch that plays the bank
