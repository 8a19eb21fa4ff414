package dev.tutti.examples.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.sdk.EnergySystem;
import dev.tutti.sdk.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files beside the code fit together. */
final class RequestTest {
  private static final Pattern IMAGE =
      Pattern.compile("\"reference\": \"([^\"]+)\",\\s*\"mainClass\": \"([^\"]+)\"");
  private static final Pattern SERVICE =
      Pattern.compile(
          "\"esdl_type\": \"([^\"]+)\",\\s*\"calc_service_name\": \"([^\"]+)\",\\s*\"service_image_url\": \"([^\"]+)\"");
  private static final Pattern ESDL = Pattern.compile("\"esdl_base64string\": \"([^\"]+)\"");

  @Test
  void requestCarriesTheEnergySystem() throws IOException {
    String base64 = found(ESDL, "request.json").getFirst().group(1);

    assertThat(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(Path.of("neighbourhood.esdl")));
  }

  @Test
  void everyServiceHasObjectsAndAnImageWithAMain() throws Exception {
    EnergySystem street = EnergySystem.read(Files.readString(Path.of("neighbourhood.esdl")));
    Map<String, String> mains = new TreeMap<>();
    found(IMAGE, "images.json").forEach(image -> mains.put(image.group(1), image.group(2)));
    List<MatchResult> services = found(SERVICE, "request.json");

    assertThat(services).hasSize(5);
    for (MatchResult service : services) {
      assertThat(street.all(service.group(1))).isNotEmpty();
      Class<?> main = Class.forName(mains.get(service.group(3)));
      assertThat(main.getMethod("main", String[].class)).isNotNull();
      assertThat(((Service) main.getDeclaredMethod("service").invoke(null)).name())
          .isEqualTo(service.group(2));
    }
  }

  private static List<MatchResult> found(Pattern pattern, String file) throws IOException {
    return pattern.matcher(Files.readString(Path.of(file))).results().toList();
  }
}
