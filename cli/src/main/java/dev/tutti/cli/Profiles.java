package dev.tutti.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers that a person has names for, kept in a file that only that person may read. */
final class Profiles {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final JacksonJson json;

  /**
   * A server with a name.
   *
   * @param token what lets in; null when the data folder has it, or none is needed
   * @param data folder of the server, for a token that changes; null when there is none
   */
  record Profile(String server, @Nullable String token, @Nullable String data) {
    /** Without the token. */
    @Override
    public String toString() {
      return server;
    }
  }

  /**
   * All of them.
   *
   * @param inUse the name of the one that holds when none is named; empty for none
   */
  record Known(String inUse, Map<String, Profile> byName) {}

  /** Those of who has this environment. */
  Profiles(Surroundings around, JacksonJson json) {
    String config = around.variable("XDG_CONFIG_HOME");
    Path configs = config == null ? around.home().resolve(".config") : Path.of(config);
    this.file = configs.resolve("tutti").resolve("profiles.json");
    this.json = json;
  }

  Path file() {
    return file;
  }

  Known read() {
    try {
      if (posix() && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
        throw new CommandFailure(
            ExitStatus.FAILED,
            file + " may be read by others than you",
            "It holds tokens: chmod 600 it, and make new tokens if somebody may have read it.");
      }
      return known(json.read(Files.readAllBytes(file), Tree.class));
    } catch (NoSuchFileException _) {
      return new Known("", Map.of());
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandFailure(
          ExitStatus.FAILED,
          file + " cannot be read: " + unreadable.getMessage(),
          "Mend it, or delete it and add the profiles again.");
    }
  }

  private static Known known(Tree tree) {
    Map<String, Profile> byName = new LinkedHashMap<>();
    if (tree.get("profiles") instanceof Tree.Fields(Map<String, Tree> members)) {
      members.forEach((name, profile) ->
          byName.put(
              name,
              new Profile(
                  profile.text("server"),
                  profile.optionalText("token"),
                  profile.optionalText("data"))));
    }
    return new Known(tree.text("inUse"), byName);
  }

  /** Replaces the file in one step, so that a reader finds the old or the new one. */
  void write(Known known) {
    Map<String, Tree> profiles = new LinkedHashMap<>();
    known.byName().forEach((name, profile) -> profiles.put(name, tree(profile)));
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("inUse", new Tree.Text(known.inUse()));
    members.put("profiles", new Tree.Fields(profiles));
    String text = json.pretty(new Tree.Fields(members)) + "\n";
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder, only(OWNERS_FOLDER));
      Path made = Files.createTempFile(folder, "profiles", ".new", only(OWNER_ALONE));
      Files.write(made, text.getBytes(StandardCharsets.UTF_8));
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new CommandFailure(
          ExitStatus.FAILED,
          file + " cannot be written: " + unwritable,
          "Name another folder in XDG_CONFIG_HOME, or make room.");
    }
  }

  /** Elsewhere the folder of a person is closed to others anyway. */
  private boolean posix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private FileAttribute<?>[] only(Set<PosixFilePermission> permissions) {
    return posix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static Tree tree(Profile profile) {
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("server", new Tree.Text(profile.server()));
    if (profile.token() != null) {
      members.put("token", new Tree.Text(profile.token()));
    }
    if (profile.data() != null) {
      members.put("data", new Tree.Text(profile.data()));
    }
    return new Tree.Fields(members);
  }
}
