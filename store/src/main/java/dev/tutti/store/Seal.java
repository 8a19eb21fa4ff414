package dev.tutti.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tutti.core.Failure;
import dev.tutti.core.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is secret with AES-256-GCM, so that it can neither be read nor be changed unnoticed
 * without the key. What is sealed begins with {@code sealed:1:KEY:}, the id of its key, and goes on
 * with a random nonce and the cipher text.
 */
final class Seal {

  static final int KEY_BYTES = 32;

  private static final String MARK = "sealed:1:";
  private static final byte[] MARK_BYTES = MARK.getBytes(US_ASCII);
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int ID_BYTES = 4;
  private static final int HEADER_BYTES = MARK.length() + 2 * ID_BYTES + 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String DAMAGED = "A sealed secret is damaged; restore a backup.";

  private final SecretKeySpec key;
  private final String id;
  private final byte[] header;
  private final SecureRandom random = new SecureRandom();

  Seal(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has %d bytes".formatted(KEY_BYTES));
    }
    this.key = new SecretKeySpec(key, "AES");
    this.id = HexFormat.of().formatHex(Sha256.of(key), 0, ID_BYTES);
    this.header = (MARK + id + ":").getBytes(US_ASCII);
  }

  /** Names the key without giving it away. */
  String id() {
    return id;
  }

  /** Whether bytes look as if somebody sealed them, with whatever key. */
  static boolean isSealed(byte[] bytes) {
    return bytes.length >= HEADER_BYTES
        && Arrays.equals(bytes, 0, MARK_BYTES.length, MARK_BYTES, 0, MARK_BYTES.length);
  }

  byte[] seal(byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0);
      byte[] sealed = new byte[HEADER_BYTES + NONCE_BYTES + cipher.getOutputSize(plain.length)];
      ByteBuffer.wrap(sealed).put(header).put(nonce);
      cipher.doFinal(plain, 0, plain.length, sealed, HEADER_BYTES + NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + CIPHER, impossible);
    }
  }

  /**
   * What was sealed.
   *
   * @throws Failure.Unavailable when it was changed meanwhile, or sealed with another key
   */
  byte[] open(byte[] sealed) {
    if (sealed.length < HEADER_BYTES + NONCE_BYTES || !isSealed(sealed)) {
      throw new Failure.Unavailable(DAMAGED);
    }
    if (!Arrays.equals(sealed, 0, HEADER_BYTES, header, 0, HEADER_BYTES)) {
      throw new Failure.Unavailable(
          "A secret was sealed with the key %s; the key here is %s."
              .formatted(
                  new String(sealed, MARK_BYTES.length, 2 * ID_BYTES, US_ASCII)
                      .replaceAll("[^0-9a-f]", "?"),
                  id));
    }
    try {
      int from = HEADER_BYTES + NONCE_BYTES;
      return cipher(Cipher.DECRYPT_MODE, sealed, HEADER_BYTES)
          .doFinal(sealed, from, sealed.length - from);
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      throw new Failure.Unavailable(DAMAGED, damaged);
    }
  }

  private Cipher cipher(int mode, byte[] nonceWithin, int at) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceWithin, at, NONCE_BYTES));
    cipher.updateAAD(header);
    return cipher;
  }
}
