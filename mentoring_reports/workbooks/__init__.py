"""The consolidated XLSX workbook. No models."""
