/**
 * Table and index trees: cursors, changes, balancing, vacuum, integrity check.
 *
 * <p>{@link dev.tursojdbc.storage.btree.TableCursor} and {@link
 * dev.tursojdbc.storage.btree.IndexCursor} read any {@link dev.tursojdbc.storage.page.PageSource}.
 * {@link dev.tursojdbc.storage.btree.TableTree} and {@link dev.tursojdbc.storage.btree.IndexTree}
 * change trees through a {@link dev.tursojdbc.storage.page.PageWriter}; {@link
 * dev.tursojdbc.storage.btree.TreeRoots} makes and drops them. {@link
 * dev.tursojdbc.storage.btree.AutoVacuum} makes the file smaller, {@link
 * dev.tursojdbc.storage.btree.IntegrityCheck} judges it.
 *
 * <p>Rules that hold inside:
 *
 * <ul>
 *   <li>Nothing in a page is believed before it is checked: the header when the page is entered, a
 *       cell pointer when it is followed, a cell when it is read. What is wrong is a {@link
 *       dev.tursojdbc.storage.error.CorruptDatabaseException}. Depth, number of pages visited and
 *       allocations are bounded by the size of the file.
 *   <li>A page is changed only in the image that {@code writable} returned during the same change.
 *   <li>A kept path is used again only while the writer's {@code changeCount} stands still.
 *   <li>A change that throws may be half done. FULL and I/O errors roll back the transaction,
 *       CORRUPT at least the statement.
 * </ul>
 */
@NullMarked
package dev.tursojdbc.storage.btree;

import org.jspecify.annotations.NullMarked;
