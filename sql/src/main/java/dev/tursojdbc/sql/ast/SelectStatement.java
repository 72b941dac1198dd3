package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole query, as a statement or inside one: cores joined by UNION and its like, then order and
 * limit of the whole.
 *
 * <p>Compound operators all bind alike, from left to right; hence a list and no tree.
 *
 * @param core the first core, often the only one
 * @param compound the others, in order
 */
public record SelectStatement(
    @Nullable With with,
    SelectCore core,
    List<CompoundTerm> compound,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit,
    Span span)
    implements Statement {
  public SelectStatement {
    compound = List.copyOf(compound);
    orderBy = List.copyOf(orderBy);
  }

  /** How a core is joined to what stands before it. */
  public enum CompoundOperator {
    UNION("UNION"),
    UNION_ALL("UNION ALL"),
    INTERSECT("INTERSECT"),
    EXCEPT("EXCEPT");

    private final String symbol;

    CompoundOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /** {@code UNION core}. */
  public record CompoundTerm(CompoundOperator operator, SelectCore core) {}

  public boolean isCompound() {
    return !compound.isEmpty();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
