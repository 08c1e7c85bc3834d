"""The only cryptography in the project. It names people and things by uuid, and knows nobody."""
