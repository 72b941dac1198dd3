package dev.tursojdbc.api;

/** An aggregate function that can be called with OVER, too: its frame moves along the rows. */
public interface WindowFunction<S> extends AggregateFunction<S> {

  /** Takes the row out again that was taken in first of those that are left. */
  void remove(S group, FunctionArguments arguments) throws Exception;
}
