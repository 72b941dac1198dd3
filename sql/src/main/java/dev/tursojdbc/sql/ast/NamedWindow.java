package dev.tursojdbc.sql.ast;

/** {@code name AS (definition)} of a WINDOW clause. */
public record NamedWindow(Name name, WindowDefinition definition) {}
