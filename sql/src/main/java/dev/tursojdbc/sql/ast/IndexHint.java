package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code INDEXED BY index} or {@code NOT INDEXED}.
 *
 * @param index null for NOT INDEXED
 */
public record IndexHint(@Nullable Name index) {}
