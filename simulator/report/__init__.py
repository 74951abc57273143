"""What is handed over? A result as a Word report, an Excel workbook or a page that prints well."""

from simulator.report.making import FORMATS, Format, file_stem, make
from simulator.report.material import Material, gather_material

__all__ = ["FORMATS", "Format", "Material", "file_stem", "gather_material", "make"]
