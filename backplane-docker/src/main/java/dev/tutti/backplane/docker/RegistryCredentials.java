package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What registries are shown, where {@code docker login} puts it: in {@code config.json} itself or
 * with a helper that this names. It is read anew for each pull. What cannot be read is warned of
 * and not shown: most images need none of it.
 */
final class RegistryCredentials {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryCredentials.class);
  private static final String FILE = "config.json";
  private static final String HELPERS = "docker-credential-";
  private static final String HUB = "docker.io";
  private static final String KEY_OF_HUB = "https://index.docker.io/v1/";
  private static final Set<String> NAMES_OF_HUB =
      Set.of(HUB, "index.docker.io", "registry-1.docker.io");
  private static final String IDENTITY_TOKEN = "<token>";
  private static final Duration HELPER_WITHIN = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String helpers;

  /**
   * Of one user.
   *
   * @param folder has the file {@code config.json}, or has not
   */
  RegistryCredentials(Path folder) {
    this(folder, HELPERS);
  }

  RegistryCredentials(Path folder, String helpers) {
    this.folder = folder;
    this.helpers = helpers;
  }

  /** For the registry of an image; empty when there are none for it. */
  Optional<AuthConfig> of(String reference) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String registry = registry(reference);
    try {
      JsonNode config = JSON.readTree(file.toFile());
      String helper =
          config.path("credHelpers").path(registry).asText(config.path("credsStore").asText(""));
      Optional<AuthConfig> kept =
          helper.isEmpty() ? Optional.empty() : ofHelper(helper, key(registry));
      return kept.or(() -> ofFile(config.path("auths"), registry));
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.warn(
          "The credentials for {} cannot be read ({}, {}); images are pulled without.",
          registry,
          file,
          unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** As engines read names: the first part is a registry when it looks like a host. */
  static String registry(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host && !NAMES_OF_HUB.contains(first) ? first : HUB;
  }

  private static String key(String registry) {
    return registry.equals(HUB) ? KEY_OF_HUB : registry;
  }

  private static Optional<AuthConfig> ofFile(JsonNode entries, String registry) {
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      String host = entry.getKey().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
      if (host.equals(registry) || (registry.equals(HUB) && NAMES_OF_HUB.contains(host))) {
        return ofEntry(entry.getValue(), key(registry));
      }
    }
    return Optional.empty();
  }

  private static Optional<AuthConfig> ofEntry(JsonNode entry, String key) {
    String token = entry.path("identitytoken").asText("");
    if (!token.isEmpty()) {
      return Optional.of(new AuthConfig().withRegistryAddress(key).withIdentityToken(token));
    }
    String user = entry.path("username").asText("");
    String password = entry.path("password").asText("");
    String both = new String(Base64.getDecoder().decode(entry.path("auth").asText("")), UTF_8);
    int colon = both.indexOf(':');
    if (colon > 0) {
      user = both.substring(0, colon);
      password = both.substring(colon + 1);
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(account(key, user, password));
  }

  private static AuthConfig account(String key, String user, String password) {
    return new AuthConfig().withRegistryAddress(key).withUsername(user).withPassword(password);
  }

  /** A helper is given the registry on its standard input, and answers as JSON. */
  private Optional<AuthConfig> ofHelper(String name, String key) {
    try {
      return asked(name, key);
    } catch (IOException unusable) {
      LOG.warn("{} cannot be asked for {}: {}", helpers + name, key, unusable.getMessage());
      return Optional.empty();
    }
  }

  private Optional<AuthConfig> asked(String name, String key) throws IOException {
    Process helper =
        new ProcessBuilder(helpers + name, "get")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread limit =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!helper.waitFor(HELPER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                  helper.destroyForcibly();
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      tell(helper, key);
      String said = new String(helper.getInputStream().readAllBytes(), UTF_8);
      if (helper.onExit().join().exitValue() != 0) {
        LOG.debug("{} has nothing for {}: {}", helpers + name, key, said.strip());
        return Optional.empty();
      }
      JsonNode answer = JSON.readTree(said);
      String user = answer.path("Username").asText("");
      String secret = answer.path("Secret").asText("");
      if (user.equals(IDENTITY_TOKEN)) {
        return Optional.of(new AuthConfig().withRegistryAddress(key).withIdentityToken(secret));
      }
      return user.isEmpty() ? Optional.empty() : Optional.of(account(key, user, secret));
    } finally {
      limit.interrupt();
    }
  }

  private static void tell(Process helper, String key) {
    try (OutputStream in = helper.getOutputStream()) {
      in.write(key.getBytes(UTF_8));
    } catch (IOException deaf) {
      // It has ended without listening; what it said and its code tell the rest.
    }
  }
}
