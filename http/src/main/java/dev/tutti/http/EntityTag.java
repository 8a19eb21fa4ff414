package dev.tutti.http;

import dev.tutti.core.Sha256;
import dev.tutti.core.surface.Revisions.Revision;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client knows a document by (RFC 9110, section 8.8.3): the revision that is stored, and a
 * hash of what was shown, which may hold more than the one document.
 */
record EntityTag(Revision revision, String shown) {

  private static final Pattern WRITTEN =
      Pattern.compile("\"([0-9a-f]{1,16})\\.([0-9]{1,18})-([0-9a-f]{16})\"");
  private static final int HASH_BYTES = 8;

  static EntityTag of(Revision revision, byte[] shown) {
    return new EntityTag(revision, HexFormat.of().formatHex(Sha256.of(shown), 0, HASH_BYTES));
  }

  /** Reads what {@link #toString} wrote; empty for anything else. */
  static Optional<EntityTag> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EntityTag(
                new Revision(
                    Long.parseUnsignedLong(matcher.group(1), 16), Long.parseLong(matcher.group(2))),
                matcher.group(3)))
        : Optional.empty();
  }

  /** The tags of a header field; a weak one is compared as a strong one. */
  static List<String> list(String field) {
    return Arrays.stream(field.split(","))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .toList();
  }

  @Override
  public String toString() {
    return "\"%x.%d-%s\"".formatted(revision.made(), revision.version(), shown);
  }
}
