/** Table and index trees: cursors, changes, balancing, integrity check. */
@NullMarked
package dev.tursojdbc.storage.btree;

import org.jspecify.annotations.NullMarked;
