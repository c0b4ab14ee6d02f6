"""The services: what each word does. It asks the ledger to act and answers whoever asked."""
