"""The advice: from a dialogue's journal to uitslag.json, documents and tables; and verifying."""
