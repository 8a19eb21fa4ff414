package dev.tutti.cli;

import dev.tutti.api.CommandRequest;
import dev.tutti.api.ImageRequest;
import dev.tutti.api.Json;
import dev.tutti.api.OwnPasswordRequest;
import dev.tutti.api.Page;
import dev.tutti.api.PasswordRequest;
import dev.tutti.api.SignInRequest;
import dev.tutti.api.TokenRequest;
import dev.tutti.api.UserRequest;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** JSON with Jackson's core: the API's objects, and trees that keep everything as written. */
public final class JacksonJson implements Json {
  private final JsonFactory factory = JsonFactory.builder().build();

  @Override
  public <T> T read(byte[] json, Class<T> type) {
    return ViewReader.read(tree(json), type);
  }

  @Override
  public <T> Page<T> readPage(byte[] json, Class<T> item) {
    Tree page = tree(json);
    if (!(page.get("items") instanceof Tree.Items(List<Tree> trees))) {
      throw new IllegalArgumentException("no page: it has no items");
    }
    List<T> items = new ArrayList<>(trees.size());
    for (Tree tree : trees) {
      items.add(ViewReader.read(tree, item));
    }
    return new Page<>(items, page.optionalText("next"));
  }

  @Override
  public byte[] write(Object value) {
    return line(switch (value) {
          case ImageRequest image -> image(image);
          case CommandRequest command -> command(command);
          case UserRequest user ->
              Tree.texts("name", user.name(), "role", user.role(), "password", user.password());
          case PasswordRequest password -> Tree.texts("password", password.password());
          case OwnPasswordRequest own -> Tree.texts("old", own.old(), "password", own.password());
          case SignInRequest who -> Tree.texts("name", who.name(), "password", who.password());
          case TokenRequest token -> token(token);
          case Tree tree -> tree;
          default ->
              throw new IllegalArgumentException(
                  "nothing here writes " + value.getClass().getName());
        })
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Tree.Fields token(TokenRequest token) {
    Tree.Fields fields = Tree.texts("name", token.name(), "role", token.role());
    if (token.lifetimeSeconds() != null) {
      fields
          .members()
          .put("lifetimeSeconds", new Tree.Digits(Long.toString(token.lifetimeSeconds())));
    }
    return fields;
  }

  private static Tree.Items items(List<String> texts) {
    List<Tree> items = new ArrayList<>();
    texts.forEach(text -> items.add(new Tree.Text(text)));
    return new Tree.Items(items);
  }

  private static Tree.Fields command(CommandRequest request) {
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("command", items(request.command()));
    if (request.timeoutSeconds() != null) {
      members.put("timeoutSeconds", new Tree.Digits(request.timeoutSeconds().toString()));
    }
    return new Tree.Fields(members);
  }

  private static Tree.Fields image(ImageRequest image) {
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("command", items(image.command()));
    if (image.workingDirectory() != null) {
      members.put("workingDirectory", new Tree.Text(image.workingDirectory()));
    }
    if (image.environment() != null) {
      Map<String, Tree> environment = new LinkedHashMap<>();
      image.environment().forEach((name, text) -> environment.put(name, new Tree.Text(text)));
      members.put("environment", new Tree.Fields(environment));
    }
    return new Tree.Fields(members);
  }

  /** On one line. */
  String line(Tree tree) {
    return written(tree, ObjectWriteContext.empty());
  }

  /** Over several lines, for people who look at it. */
  String pretty(Tree tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    PrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    return written(
        tree,
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return printer;
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        });
  }

  private String written(Tree tree, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(context, text)) {
      write(tree, generator);
    }
    return text.toString();
  }

  static void write(Tree tree, JsonGenerator out) {
    switch (tree) {
      case Tree.Text(String value) -> out.writeString(value);
      case Tree.Digits(String value) -> out.writeNumber(value);
      case Tree.Word(Boolean value) -> {
        if (value == null) {
          out.writeNull();
        } else {
          out.writeBoolean(value);
        }
      }
      case Tree.Items(List<Tree> items) -> {
        out.writeStartArray();
        items.forEach(item -> write(item, out));
        out.writeEndArray();
      }
      case Tree.Fields(Map<String, Tree> members) -> {
        out.writeStartObject();
        for (Map.Entry<String, Tree> member : members.entrySet()) {
          out.writeName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
    }
  }

  private Tree tree(byte[] json) {
    return tree(factory, json);
  }

  /** The same of YAML, of which JSON is a part. */
  Tree yaml(byte[] yaml) {
    return tree(new YAMLFactory(), yaml);
  }

  private static Tree tree(TokenStreamFactory format, byte[] written) {
    try (JsonParser parser = format.createParser(ObjectReadContext.empty(), written)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON at all");
      }
      Tree tree = tree(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return tree;
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(unreadable.getOriginalMessage(), unreadable);
    }
  }

  /** The value whose first token was just read. */
  private static Tree tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Tree> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, tree(parser));
        }
        yield new Tree.Fields(members);
      }
      case START_ARRAY -> {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(tree(parser));
        }
        yield new Tree.Items(items);
      }
      case VALUE_STRING -> new Tree.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Digits(parser.getString());
      case VALUE_TRUE -> new Tree.Word(true);
      case VALUE_FALSE -> new Tree.Word(false);
      case VALUE_NULL -> new Tree.Word(null);
      default -> throw new IllegalArgumentException("no JSON value: " + token);
    };
  }
}
