"""Report forms: data elements, indicators and checks as data; formulas as pure functions. Schema `public`."""
