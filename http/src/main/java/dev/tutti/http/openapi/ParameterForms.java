package dev.tutti.http.openapi;

import static dev.tutti.http.openapi.RecordSchemas.object;

import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import java.util.Locale;
import java.util.Map;

/** Describes parameters. */
final class ParameterForms {

  private ParameterForms() {}

  static Map<String, Object> described(Parameter parameter) {
    Map<String, Object> described =
        object(
            "name",
            parameter.name(),
            "in",
            parameter.place().name().toLowerCase(Locale.ROOT),
            "description",
            parameter.description(),
            "required",
            parameter.required());
    if (parameter.form() instanceof Form.SomeOf) {
      described.put("style", "form");
      described.put("explode", false);
    }
    Map<String, Object> schema = schema(parameter.form());
    if (!parameter.otherwise().isEmpty()) {
      schema.put("default", value(parameter));
    }
    described.put("schema", schema);
    return described;
  }

  /** One that is not declared: any text but none. */
  static Map<String, Object> ofPath(String name) {
    return object(
        "name",
        name,
        "in",
        "path",
        "required",
        true,
        "schema",
        object("type", "string", "minLength", 1));
  }

  private static Map<String, Object> schema(Form form) {
    return switch (form) {
      case Form.Text(int longest) ->
          longest == Integer.MAX_VALUE
              ? object("type", "string")
              : object("type", "string", "maxLength", longest);
      case Form.Whole(long least, long most) ->
          // Of as many digits as there are, many programs could not read the greatest.
          most == Long.MAX_VALUE
              ? object("type", "integer", "format", "int64", "minimum", least)
              : object("type", "integer", "minimum", least, "maximum", most);
      case Form.Truth() -> object("type", "boolean");
      case Form.OneOf(var words) -> object("type", "string", "enum", words);
      case Form.SomeOf(var words) ->
          object("type", "array", "items", object("type", "string", "enum", words));
      case Form.Moment() -> object("type", "string", "format", "date-time");
      case Form.Span() -> object("type", "string", "pattern", "^[0-9]+(ms|s|m|h|d)$");
    };
  }

  private static Object value(Parameter parameter) {
    return switch (parameter.form()) {
      case Form.Whole _ -> Long.valueOf(parameter.otherwise());
      case Form.Truth() -> Boolean.valueOf(parameter.otherwise());
      case Form.Text _, Form.OneOf _, Form.SomeOf _, Form.Moment _, Form.Span _ ->
          parameter.otherwise();
    };
  }
}
