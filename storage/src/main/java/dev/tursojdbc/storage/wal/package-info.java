/** Write-ahead log: frames, wal-index, read-marks, commit, checkpoint, recovery. */
@NullMarked
package dev.tursojdbc.storage.wal;

import org.jspecify.annotations.NullMarked;
