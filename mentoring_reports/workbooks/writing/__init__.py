"""How a workbook is written: cells and blocks as data, and the writers of XLSX and ODS. No database."""
