package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data between models (T13): each service defines its own messages, by the same few rules. */
final class IoDataTest {
  private static final String ESDL_ID = "b7ea1a2c-5b3e-4a7d-9f7e-1c2d3e4f5a6b";
  private static final byte[] GOLDEN =
      new Wire().message(1, ESDL_ID.getBytes(StandardCharsets.US_ASCII)).number(2, 2.4).bytes();

  @Test
  void resultOfOneNumberIsAsSeen() throws DescriptorValidationException {
    Descriptor runTime = pvInstallationRunTime(Label.LABEL_OPTIONAL);
    byte[] written =
        DynamicMessage.newBuilder(runTime)
            .setField(runTime.findFieldByNumber(1), ESDL_ID)
            .setField(runTime.findFieldByNumber(2), 2.4)
            .build()
            .toByteArray();
    assertThat(written)
        .isEqualTo(GOLDEN)
        .startsWith(Wire.hex("0a 24"))
        .endsWith(Wire.hex("11 33 33 33 33 33 33 03 40"));
  }

  @Test
  void receiverOfAListReadsOneNumberToo()
      throws DescriptorValidationException, InvalidProtocolBufferException {
    Descriptor runTimes = pvInstallationRunTime(Label.LABEL_REPEATED);
    assertThat(DynamicMessage.parseFrom(runTimes, GOLDEN).getField(runTimes.findFieldByNumber(2)))
        .isEqualTo(List.of(2.4));
  }

  private static Descriptor pvInstallationRunTime(Label label)
      throws DescriptorValidationException {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("io_data.proto")
            .setSyntax("proto3")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("PvInstallationRunTime")
                    .addField(
                        field(
                            "origin_esdl_id",
                            1,
                            FieldDescriptorProto.Type.TYPE_STRING,
                            Label.LABEL_OPTIONAL))
                    .addField(
                        field("time_seconds", 2, FieldDescriptorProto.Type.TYPE_DOUBLE, label)))
            .build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0])
        .findMessageTypeByName("PvInstallationRunTime");
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label)
        .build();
  }
}
