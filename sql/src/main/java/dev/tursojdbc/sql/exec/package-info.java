/**
 * Operators that produce rows, one per class, and expressions compiled to closures.
 *
 * <p>Operators pull: {@link dev.tursojdbc.sql.exec.Operator#next} moves cursors; what a row's
 * columns are is read by {@link dev.tursojdbc.sql.exec.Evaluator}s, which know their cursors. A
 * value stays in the {@link dev.tursojdbc.sql.exec.Frame} and is never boxed. All of it belongs to
 * one statement of one connection, and holds the state of one run.
 */
@NullMarked
package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.NullMarked;
