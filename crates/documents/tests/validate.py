"""Holds invoices against the published rules, with processors that know nothing of the program.

Reads lines `NAME KIND PATH` from its input, KIND being one of
  cii       Factur-X's schema and the Schematron of EN 16931
  cii-fr    the same, and the French Schematron (BR-FR)
  ubl       UBL's schema and the Schematron of EN 16931
  pdf       a Factur-X file: its XMP, its attachment, which is then held against cii
  pdf-fr    the same, against cii-fr
and writes a line `NAME: CHECK: what is wrong` for each assertion that failed, then `checked N`. With an argument, it writes the text of that PDF.

The rules come with the package factur-x. Its own xml_check_schematron asks a server and says "valid" when there is none, so it is not used.
"""

import os
import sys
import time

import facturx
from lxml import etree
from pypdf import PdfReader
from saxonche import PySaxonProcessor

RULES = os.path.join(os.path.dirname(facturx.__file__), "xsd_and_schematron")
CII_SCHEMA = "facturx-en16931/Factur-X_EN16931.xsd"
CII_RULES = "facturx-en16931/FACTUR-X_EN16931.xslt"
FRENCH_RULES = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
UBL_SCHEMA = "ubl-2.1/maindoc/UBL-%s-2.1.xsd"
UBL_RULES = "ubl-2.1/EN16931-UBL-validation.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
XMP = {
    FX + "DocumentType": "INVOICE",
    FX + "DocumentFileName": "factur-x.xml",
    FX + "Version": "1.0",
    FX + "ConformanceLevel": "EN 16931",
    "{http://www.aiim.org/pdfa/ns/id/}part": "3",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "B",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}


class Rules:
    """Schemas and stylesheets, each made once."""

    def __init__(self, processor):
        self.processor = processor
        self.xslt = processor.new_xslt30_processor()
        self.made = {}

    def schema(self, path):
        if path not in self.made:
            self.made[path] = etree.XMLSchema(etree.parse(os.path.join(RULES, path)))
        return self.made[path]

    def stylesheet(self, path):
        if path not in self.made:
            self.made[path] = self.xslt.compile_stylesheet(stylesheet_file=os.path.join(RULES, path))
        return self.made[path]

    def against_schema(self, path, document):
        schema = self.schema(path)
        schema.validate(document)
        for error in schema.error_log:
            yield "XSD", "line %d: %s" % (error.line, error.message)

    def against_rules(self, check, path, xml):
        node = self.processor.parse_xml(xml_text=xml.decode("utf-8").split("?>", 1)[1])
        report = self.stylesheet(path).transform_to_string(xdm_node=node)
        if not report:
            yield check, "the stylesheet gave no report"
            return
        report = etree.fromstring(report.encode("utf-8"))
        if not len(report.findall(SVRL + "fired-rule")):
            yield check, "not one rule looked at the document"
        for failed in report.iter(SVRL + "failed-assert"):
            text = " ".join("".join(failed.itertext()).split())
            yield check, "%s (%s, at %s)" % (text, failed.get("flag"), failed.get("location"))


def cii(rules, xml, french):
    document = etree.fromstring(xml)
    yield from rules.against_schema(CII_SCHEMA, document)
    yield from rules.against_rules("EN 16931", CII_RULES, xml)
    if french:
        yield from rules.against_rules("BR-FR", FRENCH_RULES, xml)


def ubl(rules, xml):
    document = etree.fromstring(xml)
    kind = etree.QName(document).localname
    yield from rules.against_schema(UBL_SCHEMA % kind, document)
    yield from rules.against_rules("EN 16931", UBL_RULES, xml)


def pdf(rules, path, french):
    reader = PdfReader(path, strict=True)
    root = reader.trailer["/Root"]
    packet = etree.fromstring(root["/Metadata"].get_data())
    said = {element.tag: (element.text or "").strip() for element in packet.iter(etree.Element)}
    for description in packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        said.update(description.attrib)
    for name, value in XMP.items():
        if said.get(name) != value:
            yield "XMP", "%s is %r, not %r" % (name, said.get(name), value)
    described = [e.text for e in packet.iter("{http://www.aiim.org/pdfa/ns/property#}name")]
    for name in XMP:
        if name.startswith(FX) and name[len(FX):] not in described:
            yield "XMP", "%s is not described by an extension schema" % name
    attached = [file.get_object() for file in root.get("/AF", [])]
    if [file["/UF"] for file in attached] != ["factur-x.xml"]:
        yield "attachment", "%r are attached" % [file["/UF"] for file in attached]
        return
    if attached[0].get("/AFRelationship") != "/Alternative":
        yield "attachment", "its relationship is %s" % attached[0].get("/AFRelationship")
    names = [name for name in root["/Names"]["/EmbeddedFiles"]["/Names"] if isinstance(name, str)]
    if names != ["factur-x.xml"]:
        yield "attachment", "the names of files are %r" % names
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "tags", "it is not tagged"
    stream = attached[0]["/EF"]["/F"].get_object()
    if stream.get("/Subtype") != "/text/xml":
        yield "attachment", "its type is %s" % stream.get("/Subtype")
    yield from cii(rules, stream.get_data(), french)


def check(rules, kind, path):
    if kind.startswith("pdf"):
        return pdf(rules, path, kind == "pdf-fr")
    with open(path, "rb") as file:
        xml = file.read()
    return ubl(rules, xml) if kind == "ubl" else cii(rules, xml, kind == "cii-fr")


def main():
    if len(sys.argv) > 1:
        for page in PdfReader(sys.argv[1], strict=True).pages:
            print(page.extract_text())
        return
    checked = 0
    with PySaxonProcessor(license=False) as processor:
        rules = Rules(processor)
        for line in sys.stdin.read().splitlines():
            name, kind, path = line.split(" ", 2)
            begun = time.monotonic()
            for which, failure in check(rules, kind, path):
                print("%s: %s: %s" % (name, which, failure))
            print("%s took %.1f s" % (name, time.monotonic() - begun), file=sys.stderr)
            checked += 1
    print("checked %d" % checked)


main()
