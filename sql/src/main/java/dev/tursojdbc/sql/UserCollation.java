package dev.tursojdbc.sql;

import dev.tursojdbc.storage.record.Collation;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** An order of texts that the application defines for one session. */
final class UserCollation implements Collation {
  private final Session session;
  private final String name;
  private final Comparator<String> order;

  UserCollation(Session session, String name, Comparator<String> order) {
    this.session = session;
    this.name = name;
    this.order = order;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    String leftText = new String(left, leftOffset, leftLength, StandardCharsets.UTF_8);
    String rightText = new String(right, rightOffset, rightLength, StandardCharsets.UTF_8);
    @Nullable Query caller = session.current();
    try {
      return order.compare(leftText, rightText);
    } finally {
      session.resume(caller);
    }
  }
}
