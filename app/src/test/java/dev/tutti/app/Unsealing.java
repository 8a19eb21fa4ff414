package dev.tutti.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens what is sealed in a body, with none of the store's classes: how it is sealed is a stored
 * form, too, and this is it in writing.
 */
record Unsealing(SecretKeySpec key) {

  private static final String MARK = "sealed:1:";
  private static final int HEADER = MARK.length() + "00000000:".length();
  private static final int NONCE = 12;

  /** With the key in a file. */
  static Unsealing with(Path file) throws IOException {
    byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
    return new Unsealing(new SecretKeySpec(key, "AES"));
  }

  /** The mark has a length that Base64 leaves alone, so that it can be seen in what is sealed. */
  static boolean isSealed(JsonNode node) {
    String mark = Base64.getEncoder().encodeToString(MARK.getBytes(US_ASCII));
    return node.isString() && node.stringValue().startsWith(mark);
  }

  /** The body as it would be in clear. */
  JsonNode opened(JsonNode node) {
    if (isSealed(node)) {
      return TestServer.JSON.readTree(open(Base64.getDecoder().decode(node.stringValue())));
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode clear = TestServer.JSON.createObjectNode();
    node.properties().forEach(member -> clear.set(member.getKey(), opened(member.getValue())));
    return clear;
  }

  private byte[] open(byte[] sealed) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, sealed, HEADER, NONCE));
      cipher.updateAAD(sealed, 0, HEADER);
      return cipher.doFinal(sealed, HEADER + NONCE, sealed.length - HEADER - NONCE);
    } catch (GeneralSecurityException wrong) {
      throw new AssertionError("this is not sealed with the key of the test", wrong);
    }
  }
}
