package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of the operating system.
 *
 * <p>Whoever opens a database resolves its name with {@link #canonicalPath} first; {@link #open}
 * itself follows no symbolic link in the last element of a path, so that nobody can plant a link
 * where a log is about to be made. New files get the permissions rw-r--r-- less the process's mask,
 * but a {@code -wal}, {@code -journal} or {@code -shm} gets those of its database, as in SQLite.
 */
public final class OperatingSystemFileSystem implements FileSystem {
  /** There is only one, as there is only one operating system. */
  public static final OperatingSystemFileSystem INSTANCE = new OperatingSystemFileSystem();

  private static final Set<PosixFilePermission> DATABASE_PERMISSIONS =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> TEMPORARY_PERMISSIONS =
      PosixFilePermissions.fromString("rw-------");
  private static final String[] SIDE_FILE_SUFFIXES = {"-wal", "-journal", "-shm"};

  /** More symbolic links than this on the way to a file are taken for a loop; SQLite's number. */
  private static final int MAX_LINKS = 200;

  private static volatile @Nullable NamedPath lastPath;

  private final FileRegistry registry = new FileRegistry(this);

  /** Keys of the files that are shared memory in use. */
  private final Set<Object> sharedMemory = new HashSet<>();

  private OperatingSystemFileSystem() {}

  private record NamedPath(String name, Path path) {}

  /** Names temporary files; not every process has some, and a generator is slow to start. */
  private static final class TemporaryNames {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  @Override
  public StorageFile open(String path, OpenMode mode) {
    return openFile(path, mode);
  }

  /**
   * Not on Windows: there a mapped file can be neither cut nor deleted, and the JDK says not when
   * it unmaps one.
   */
  @Override
  public boolean sharesMemory() {
    return !CallingThread.isWindows();
  }

  /**
   * As of a database, there is one user of a file in the process: locks of two could not be told
   * apart, and closing one file would drop the other's. A second one comes if a database is deleted
   * while it is open, and made anew under the same name.
   *
   * @throws TursoException CANTOPEN if this process has the file open already
   */
  @Override
  public SharedMemoryFile openSharedMemory(String path) {
    synchronized (sharedMemory) {
      if (sharedMemory.contains(fileKey(path))) {
        throw new TursoException(
            ErrorCode.CANTOPEN, ErrorCode.CANTOPEN.message() + " (" + path + " is in use)");
      }
      MappedFile file = openMapped(path);
      Object key = fileKey(path);
      if (key != null) {
        sharedMemory.add(key);
        file.whenClosed(() -> forgetSharedMemory(key));
      }
      return file;
    }
  }

  private void forgetSharedMemory(Object key) {
    synchronized (sharedMemory) {
      sharedMemory.remove(key);
    }
  }

  private static MappedFile openMapped(String path) {
    ChannelFile file = openFile(path, OpenMode.CREATE);
    boolean opened = false;
    try {
      FileChannel mapper =
          FileChannel.open(
              pathOf(path),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      opened = true;
      return new MappedFile(file, mapper);
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.CANTOPEN, "open", path, e);
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static ChannelFile openFile(String path, OpenMode mode) {
    Path file = pathOf(path);
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.READ);
    options.add(LinkOption.NOFOLLOW_LINKS);
    if (mode != OpenMode.READ_ONLY) {
      options.add(StandardOpenOption.WRITE);
    }
    if (mode == OpenMode.CREATE) {
      options.add(StandardOpenOption.CREATE);
    }
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("is a directory");
      }
      FileAttribute<?>[] attributes =
          mode == OpenMode.CREATE
              ? permissions(file, permissionsFor(path))
              : new FileAttribute<?>[0];
      return new ChannelFile(path, openChannel(file, options, attributes));
    } catch (IOException e) {
      ErrorCode code =
          FileFailure.isDiskFull(e)
              ? ErrorCode.FULL
              : Files.isSymbolicLink(file) ? ErrorCode.CANTOPEN_SYMLINK : ErrorCode.CANTOPEN;
      throw FileFailure.of(code, "open", path, e);
    }
  }

  @Override
  public StorageFile openShared(String path, OpenMode mode) {
    return registry.open(path, mode);
  }

  @Override
  public StorageFile openTemporary() {
    Path directory = pathOf(System.getProperty("java.io.tmpdir", "."));
    Path file =
        directory.resolve("turso-jdbc-" + Long.toHexString(TemporaryNames.RANDOM.nextLong()));
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            // On POSIX systems this removes the name at once.
            StandardOpenOption.DELETE_ON_CLOSE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      return new ChannelFile(
          file.toString(), openChannel(file, options, permissions(file, TEMPORARY_PERMISSIONS)));
    } catch (IOException e) {
      ErrorCode code =
          Files.isDirectory(directory) ? FileFailure.writeCode(e) : ErrorCode.IOERR_GETTEMPPATH;
      throw FileFailure.of(code, "creation of temporary file", file.toString(), e);
    }
  }

  private static AsynchronousFileChannel openChannel(
      Path file, Set<OpenOption> options, FileAttribute<?>[] attributes) throws IOException {
    return AsynchronousFileChannel.open(file, options, CallingThread.forChannels(), attributes);
  }

  private static Set<PosixFilePermission> permissionsFor(String path) throws IOException {
    for (String suffix : SIDE_FILE_SUFFIXES) {
      if (path.endsWith(suffix)) {
        Path database = Path.of(path.substring(0, path.length() - suffix.length()));
        if (supportsPermissions(database) && Files.exists(database)) {
          Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
          permissions.addAll(Files.getPosixFilePermissions(database));
          return permissions;
        }
      }
    }
    return DATABASE_PERMISSIONS;
  }

  private static FileAttribute<?>[] permissions(Path file, Set<PosixFilePermission> permissions) {
    return supportsPermissions(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean supportsPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(pathOf(path));
  }

  @Override
  public long size(String path) {
    Path file = pathOf(path);
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_FSTAT, "size of", path, e);
    }
  }

  @Override
  public void delete(String path) {
    try {
      Files.deleteIfExists(pathOf(path));
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_DELETE, "deletion of", path, e);
    }
  }

  @Override
  public void syncDirectory(String path) {
    if (CallingThread.isWindows()) {
      return; // Windows has no such operation; its file systems log their metadata.
    }
    Path directory = pathOf(path).toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    try (AsynchronousFileChannel channel =
        openChannel(directory, Set.of(StandardOpenOption.READ), new FileAttribute<?>[0])) {
      channel.force(true);
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_DIR_FSYNC, "sync of", directory.toString(), e);
    }
  }

  @Override
  public String canonicalPath(String path) {
    Path file = pathOf(path).toAbsolutePath();
    try {
      // A link may name a file that is yet to be made, which toRealPath would refuse.
      for (int links = 0; Files.isSymbolicLink(file); links++) {
        if (links == MAX_LINKS) {
          throw new IOException("too many symbolic links");
        }
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
      if (Files.exists(file)) {
        return file.toRealPath().toString();
      }
      Path parent = file.getParent();
      Path name = file.getFileName();
      return parent != null && name != null && Files.exists(parent)
          ? parent.toRealPath().resolve(name).toString()
          : file.normalize().toString();
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.CANTOPEN_FULLPATH, "resolution of", path, e);
    }
  }

  /** Device and inode number where the operating system has them, else the canonical path. */
  @Override
  public @Nullable Object fileKey(String path) {
    try {
      Path file = pathOf(path);
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key != null ? key : file.toRealPath().toString();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_FSTAT, "identification of", path, e);
    }
  }

  @Override
  public void claim(Object fileKey, String path) {
    ProcessOwnership.claim(fileKey, path);
  }

  @Override
  public void release(Object fileKey) {
    ProcessOwnership.release(fileKey);
  }

  @Override
  public boolean isWritable(String path) {
    return Files.isWritable(pathOf(path));
  }

  /** Opening a database asks for the same few paths many times, and parsing one takes its time. */
  private static Path pathOf(String path) {
    NamedPath last = lastPath;
    if (last != null && last.name.equals(path)) {
      return last.path;
    }
    try {
      Path parsed = Path.of(path);
      lastPath = new NamedPath(path, parsed);
      return parsed;
    } catch (InvalidPathException e) {
      throw new TursoException(
          ErrorCode.CANTOPEN, ErrorCode.CANTOPEN.message() + " (" + e.getMessage() + ")", e);
    }
  }
}
