/**
 * What users compile against besides java.sql: our connection interface, functions and collations
 * of one's own, and what our exceptions tell.
 */
@NullMarked
package dev.tursojdbc.api;

import org.jspecify.annotations.NullMarked;
