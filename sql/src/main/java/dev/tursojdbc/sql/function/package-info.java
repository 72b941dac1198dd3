/**
 * Built-in functions, one class per family, and the seams through which expressions call them.
 *
 * <p>Arguments come in registers, in place; a result may share an argument's bytes.
 */
@NullMarked
package dev.tursojdbc.sql.function;

import org.jspecify.annotations.NullMarked;
