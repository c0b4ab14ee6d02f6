"""The texts, one TOML file a language."""
