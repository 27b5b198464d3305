"""The import of earlier records: file → raw rows → rows → what they become, by COPY. See docs/import.md."""
