/**
 * What users compile against besides java.sql: our connection interface and what our exceptions
 * tell.
 */
@NullMarked
package dev.tursojdbc.api;

import org.jspecify.annotations.NullMarked;
