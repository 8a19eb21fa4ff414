package dev.tutti.sdk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The number of its step on a datum. Where all services take part in each step nobody needs it, and
 * data are as the original's. Where some do not, whoever receives from them could not tell the last
 * step's data from the next one's. It is a field far behind the variables: receivers that do not
 * know it pass it over.
 */
final class StepMark {
  private static final int FIELD = 10_000;

  private StepMark() {}

  /** The same datum with its step. */
  static byte[] on(byte[] payload, int step) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 8);
    bytes.writeBytes(payload);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 16);
    try {
      out.writeInt32(FIELD, step);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The step of a datum; 0 when it does not say, as those of generated services. */
  static int of(byte[] payload) {
    CodedInputStream in = CodedInputStream.newInstance(payload);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag >>> 3 == FIELD && (tag & 7) == 0) {
          return Math.max(0, in.readInt32());
        }
        in.skipField(tag);
      }
    } catch (IOException unreadable) {
      // Whoever uses it says what is wrong with it.
    }
    return 0;
  }
}
