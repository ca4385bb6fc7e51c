"""Mentions to Entities, and the ledger of Judgements."""
