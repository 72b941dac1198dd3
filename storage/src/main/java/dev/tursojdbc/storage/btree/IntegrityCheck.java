package dev.tursojdbc.storage.btree;

import static dev.tursojdbc.storage.btree.IntegrityFindings.unsigned;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PointerType;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the structure of a database against the file format: every page is used once, by the
 * freelist, a tree, an overflow chain, the pointer map or the lock bytes; within each tree page all
 * bytes are accounted for, keys of table trees ascend, leaves are at one depth; and the pointer map
 * says the same.
 *
 * <p>Findings are worded and ordered as SQLite's {@code PRAGMA integrity_check} has them. What rows
 * mean (missing index entries, NOT NULL, CHECK) is checked above, with cursors.
 *
 * <p>A page is descended into once, at most {@value TreePage#MAX_DEPTH} levels deep, whatever the
 * file says, and sizes in the file allocate nothing, so a malformed file costs no more than a sound
 * one.
 */
public final class IntegrityCheck {

  /**
   * What was found.
   *
   * @param findings SQLite's messages, none if all is well
   * @param entryCounts number of entries per root page that was given, as far as they could be
   *     counted
   */
  public record Report(List<String> findings, List<Long> entryCounts) {
    public Report {
      findings = List.copyOf(findings);
      entryCounts = List.copyOf(entryCounts);
    }
  }

  private final PageSource source;
  private final IntegrityFindings findings;
  private final PageReferences references;

  private IntegrityCheck(PageSource source, int maxFindings) {
    this.source = source;
    findings = new IntegrityFindings(maxFindings);
    references = new PageReferences(source, findings);
  }

  /**
   * Checks the whole database.
   *
   * @param roots root pages of all trees, as the schema has them, the schema's (page 1) included;
   *     SQLite's order is the newest table first, and behind each table its indexes
   * @param maxFindings after how many the check ends
   */
  public static Report checkAll(PageSource source, List<Integer> roots, int maxFindings) {
    IntegrityCheck check = new IntegrityCheck(source, maxFindings);
    check.references.checkFreelist();
    check.checkLargestRoot(roots);
    List<Long> counts = check.checkTrees(roots, true);
    check.references.checkAllUsed();
    return new Report(check.findings.messages(), counts);
  }

  /** Checks some trees only, as {@code PRAGMA integrity_check(table)} does. */
  public static Report checkSome(PageSource source, List<Integer> roots, int maxFindings) {
    IntegrityCheck check = new IntegrityCheck(source, maxFindings);
    if (roots.get(0) == 1) {
      check.references.checkFreelist();
    }
    return new Report(check.findings.messages(), check.checkTrees(roots, false));
  }

  private void checkLargestRoot(List<Integer> roots) {
    if (references.hasPointerMap()) {
      int largest = 0;
      for (int each : roots) {
        largest = Math.max(largest, each);
      }
      int inHeader = header(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET);
      if (largest != inHeader) {
        findings.add("max rootpage (%d) disagrees with header (%d)", largest, unsigned(inHeader));
      }
    } else if (header(DatabaseHeader.INCREMENTAL_VACUUM_OFFSET) != 0) {
      findings.add("incremental_vacuum enabled with a max rootpage of zero");
    }
  }

  private List<Long> checkTrees(List<Integer> roots, boolean all) {
    TreeCheck tree = new TreeCheck(source, references, findings);
    List<Long> counts = new ArrayList<>();
    for (int each : roots) {
      long entries = 0;
      if (each != 0 && !findings.isFull()) {
        if (references.hasPointerMap() && each > 1 && all) {
          references.checkPointer(each, PointerType.ROOT, 0);
        }
        entries = tree.check(each);
      }
      counts.add(entries);
    }
    return counts;
  }

  private int header(int offset) {
    return PageBytes.getInt(source.page(1), offset);
  }
}
