package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code LIMIT count [OFFSET offset]}, also written {@code LIMIT offset, count}. */
public record Limit(Expression count, @Nullable Expression offset) {}
