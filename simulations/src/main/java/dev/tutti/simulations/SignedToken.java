package dev.tutti.simulations;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens of the original's password flow: JSON Web Tokens with HS256 and the claims {@code sub} and
 * {@code exp}. Written out here because it is one algorithm with one key, in both directions ours;
 * a library would bring the choice of algorithm, which is what attacks on such tokens are about.
 */
final class SignedToken {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SecretKeySpec key;

  SignedToken(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  String issue(String subject, Instant expires) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "HS256");
    header.put("typ", "JWT");
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", subject);
    claims.put("exp", expires.getEpochSecond());
    String signed = part(header) + "." + part(claims);
    return signed + "." + ENCODER.encodeToString(signature(signed));
  }

  /** Whom a token was issued to; empty when it is not one of ours, or not any more. */
  Optional<String> subject(String token, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] shown = Base64.getUrlDecoder().decode(parts[2]);
      // In constant time, so that a signature cannot be guessed byte by byte.
      if (!MessageDigest.isEqual(signature(parts[0] + "." + parts[1]), shown)
          || !json(parts[0]).path("alg").asString("").equals("HS256")) {
        return Optional.empty();
      }
      JsonNode claims = json(parts[1]);
      JsonNode expires = claims.path("exp");
      return expires.isNumber() && expires.asDouble() > now.getEpochSecond()
          ? Optional.of(claims.path("sub").asString("")).filter(s -> !s.isEmpty())
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException notAToken) {
      return Optional.empty();
    }
  }

  private byte[] signature(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
    }
  }

  private static String part(Map<String, Object> members) {
    return ENCODER.encodeToString(MAPPER.writeValueAsBytes(members));
  }

  private static JsonNode json(String part) {
    return MAPPER.readTree(Base64.getUrlDecoder().decode(part));
  }
}
