package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.function.JsonCache;
import dev.tursojdbc.sql.function.PageStatistic;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of one statement, and the register that every expression leaves its value
 * in.
 *
 * <p>Whoever evaluates two expressions copies the first value to locals or to a register of his own
 * before he evaluates the second.
 */
public final class Frame extends Register {
  private static final int FEW_RESOURCES = 4;

  private final ExecutionContext context;
  private final Register[] parameters;
  private final Call call;
  private final MemoryBudget memory;
  private final Set<AutoCloseable> resources =
      Collections.newSetFromMap(new IdentityHashMap<>(FEW_RESOURCES));
  private PageSource @Nullable [] frozen;
  private long run;

  /**
   * @param parameters values of the statement's parameters, set by its owner between runs
   */
  public Frame(ExecutionContext context, Register[] parameters) {
    this(context, parameters, new MemoryBudget());
  }

  /** A frame that shares its memory with another one of the same statement. */
  public Frame(ExecutionContext context, Register[] parameters, MemoryBudget memory) {
    this.context = context;
    this.parameters = parameters;
    this.memory = memory;
    this.call = new Call(context.functions());
  }

  /** A frame of the same statement that begins and ends its runs by itself. */
  Frame another() {
    return new Frame(context, parameters);
  }

  /** Starts a run: what is computed once per run counts as not computed. */
  public void begin() {
    run++;
    memory.begin(context.memoryBudget());
  }

  /** Ends a run: temporary files are closed, and kept rows are let go. */
  public void end() {
    call.json = null;
    if (resources.isEmpty()) {
      return;
    }
    List<AutoCloseable> open = new ArrayList<>(resources);
    resources.clear();
    RuntimeException failure = null;
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (RuntimeException e) {
        failure = e;
      } catch (Exception e) {
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes the resource when the run ends. Closing it a second time must do nothing. */
  void closeAtEnd(AutoCloseable resource) {
    resources.add(resource);
  }

  /** The resource has been closed already. */
  void closed(AutoCloseable resource) {
    resources.remove(resource);
  }

  /** The memory that operators share. */
  MemoryBudget memory() {
    return memory;
  }

  /** A number that differs from run to run. */
  long run() {
    return run;
  }

  public Register parameter(int index) {
    return parameters[index];
  }

  public ExecutionContext context() {
    return context;
  }

  /**
   * Makes cursors that are opened from now on read these pages, for the driving scan of a statement
   * that changes what it reads.
   *
   * @param sources by database; null, as the array or in it, for the newest pages
   */
  public void freeze(PageSource @Nullable [] sources) {
    frozen = sources;
  }

  /** The pages that a cursor on this database reads. */
  public PageSource pages(int database) {
    PageSource[] sources = frozen;
    if (sources != null && database < sources.length && sources[database] != null) {
      return sources[database];
    }
    return context.pages(database);
  }

  public void checkInterrupted() {
    context.checkInterrupted();
  }

  /** The context of a call of a function that compares texts by this collation. */
  FunctionContext call(Collation collation) {
    if (call.collation != collation) {
      call.collation = collation;
    }
    return call;
  }

  FunctionContext call() {
    return call;
  }

  /**
   * From now on calls are of a function whose value must depend on its arguments alone.
   *
   * @param place "an index" and the like; null where anything goes again
   */
  void restrictCalls(String function, @Nullable String place) {
    call.function = function;
    call.place = place;
  }

  /** The connection's context with the collation of one call. */
  private static final class Call implements FunctionContext {
    private final FunctionContext functions;
    private Collation collation = Collation.BINARY;
    private String function = "";
    private @Nullable String place;

    /** Null as long as the run has read no JSON. */
    private @Nullable JsonCache json;

    Call(FunctionContext functions) {
      this.functions = functions;
    }

    @Override
    public Collation collation() {
      return collation;
    }

    @Override
    public void useMoment() {
      if (place != null) {
        throw new TursoException(
            ErrorCode.ERROR, "non-deterministic use of " + function + "() in " + place);
      }
    }

    @Override
    public long currentTimeMillis() {
      return functions.currentTimeMillis();
    }

    @Override
    public long lastInsertRowid() {
      return functions.lastInsertRowid();
    }

    @Override
    public long changes() {
      return functions.changes();
    }

    @Override
    public long totalChanges() {
      return functions.totalChanges();
    }

    @Override
    public long random() {
      return functions.random();
    }

    @Override
    public int likePatternLimit() {
      return functions.likePatternLimit();
    }

    @Override
    public TextEncoding encoding() {
      return functions.encoding();
    }

    @Override
    public List<@Nullable Object[]> pragma(
        String name, @Nullable String argument, @Nullable String schema) {
      return functions.pragma(name, argument, schema);
    }

    @Override
    public JsonCache jsonCache() {
      JsonCache cache = json;
      if (cache == null) {
        cache = new JsonCache();
        json = cache;
      }
      return cache;
    }

    @Override
    public Iterator<PageStatistic> pageStatistics(String schema, boolean aggregate) {
      return functions.pageStatistics(schema, aggregate);
    }

    @Override
    public int lengthLimit() {
      return functions.lengthLimit();
    }
  }
}
