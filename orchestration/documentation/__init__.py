"""What is published, told to people: the data dictionaries and the pictures of how the tables relate."""


class DocumentationError(RuntimeError):
    """A page or the glossary cannot be read, or does not speak of the tables there are."""
