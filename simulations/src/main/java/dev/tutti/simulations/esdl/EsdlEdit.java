package dev.tutti.simulations.esdl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets attributes in the text of an ESDL file and leaves every other character as it is. The file
 * has to be one that {@link EsdlReader} reads; here only tags are told from what is between them.
 */
public final class EsdlEdit {

  /** What no start tag is: comments, literal text, instructions, and the ends of elements. */
  private static final Pattern TAG =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>|</[^>]*>"
              + "|<(?<name>[^\\s/>!?]+)(?<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
          Pattern.DOTALL);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<name>[^\\s=/\"']+)\\s*=\\s*(?:\"(?<one>[^\"]*)\"|'(?<other>[^']*)')");

  private static final Map<String, String> ENTITIES =
      Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&apos;", "'", "&amp;", "&");
  private static final Pattern ENTITY = Pattern.compile("&(?:lt|gt|quot|apos|amp);");

  private EsdlEdit() {}

  /**
   * An attribute of some objects.
   *
   * @param ids of the objects
   */
  public record Change(Set<String> ids, String attribute, String value) {
    public Change {
      ids = Set.copyOf(ids);
    }
  }

  /** The text with all changes, the later ones winning. */
  public static String apply(String esdl, List<Change> changes) {
    if (changes.isEmpty()) {
      return esdl;
    }
    StringBuilder edited = new StringBuilder(esdl.length() + 200);
    Matcher tag = TAG.matcher(esdl);
    int copied = 0;
    while (tag.find()) {
      if (tag.group("name") == null) {
        continue;
      }
      String attributes = tag.group("attributes");
      String changed = changed(attributes, changes);
      edited.append(esdl, copied, tag.start("attributes")).append(changed);
      copied = tag.end("attributes");
    }
    return edited.append(esdl, copied, esdl.length()).toString();
  }

  /** Whether some of these objects have the attribute as it is. */
  public static boolean isThere(String esdl, Set<String> ids, String attribute) {
    Matcher tag = TAG.matcher(esdl);
    while (tag.find()) {
      if (tag.group("name") != null
          && ids.contains(value(tag.group("attributes"), "id"))
          && find(tag.group("attributes"), attribute).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static String changed(String attributes, List<Change> changes) {
    String id = value(attributes, "id");
    String result = attributes;
    for (Change change : changes) {
      if (!id.isEmpty() && change.ids().contains(id)) {
        result = with(result, change.attribute(), change.value());
      }
    }
    return result;
  }

  private static String with(String attributes, String name, String value) {
    String written = "%s=\"%s\"".formatted(name, escaped(value));
    return find(attributes, name)
        .map(found ->
            attributes.substring(0, found.start()) + written + attributes.substring(found.end()))
        .orElseGet(() -> " " + written + attributes);
  }

  private static Optional<MatchResult> find(String attributes, String name) {
    return ATTRIBUTE
        .matcher(attributes)
        .results()
        .filter(attribute -> attribute.group("name").equals(name))
        .findFirst();
  }

  private static String value(String attributes, String name) {
    return find(attributes, name)
        .map(found -> found.group(found.group("one") == null ? "other" : "one"))
        .map(EsdlEdit::plain)
        .orElse("");
  }

  private static String plain(String written) {
    return ENTITY
        .matcher(written)
        .replaceAll(m -> Matcher.quoteReplacement(ENTITIES.get(m.group())));
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\r", "&#13;")
        .replace("\t", "&#9;");
  }
}
