package dev.tutti.http;

import dev.tutti.core.surface.Answer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Links a page of a list to the next one (RFC 8288). */
final class NextPage {

  private NextPage() {}

  /**
   * The answer, with a link when it is a page and there is another one.
   *
   * @param address path and query as they were sent
   */
  static Answer linked(Answer answer, String address) {
    return answer instanceof Answer.Listed page && !page.next().isEmpty()
        ? new Answer.WithHeaders(
            page, Map.of("Link", "<%s>; rel=\"next\"".formatted(next(address, page.next()))))
        : answer;
  }

  private static String next(String address, String cursor) {
    String[] parts = address.split("\\?", 2);
    Stream<String> kept =
        Arrays.stream(parts.length == 1 ? new String[0] : parts[1].split("&"))
            .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("cursor="));
    return parts[0]
        + "?"
        + Stream.concat(kept, Stream.of("cursor=" + cursor))
            .map(NextPage::visible)
            .collect(Collectors.joining("&"));
  }

  /** What could end the link, or the header field, is written as it should have been sent. */
  private static String visible(String sent) {
    return sent.chars()
        .mapToObj(letter ->
            letter <= ' ' || letter >= 127 || letter == '<' || letter == '>' || letter == '"'
                ? "%%%02X".formatted(letter & 0xFF)
                : String.valueOf((char) letter))
        .collect(Collectors.joining());
  }
}
