package dev.tutti.app;

import dev.tutti.app.settings.Flags;
import dev.tutti.app.settings.Kind;
import dev.tutti.app.settings.Setting;
import dev.tutti.cli.Word;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.examples.reminders.ReminderCommand;
import dev.tutti.examples.reminders.Reminders;
import dev.tutti.examples.reminders.RemindersSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Our program with the feature of the guide: its settings, its part of the server, its words. */
final class RemindersProgram {

  static final Setting<Integer> MOST =
      Setting.of("reminders.most", "TUTTI_REMINDERS_MOST", Kind.number(1, 10_000))
          .otherwise("100")
          .means("how many reminders there may be");

  static final List<Setting<?>> SETTINGS =
      Stream.concat(ServerSettings.ALL.stream(), Stream.of(MOST)).toList();

  static final List<Word> WORDS =
      Stream.concat(
              Main.commands().stream(), Stream.of(Word.alone("reminder", ReminderCommand::new)))
          .toList();

  private RemindersProgram() {}

  static App start(Environment environment) {
    Settled settled = Settled.read(SETTINGS, Flags.none(), Optional.empty(), environment);
    Function<Engine, List<Feature>> features =
        engine -> List.of(new Reminders(engine, new RemindersSettings(settled.values().get(MOST))));
    return App.start(Configuration.of(settled), Seams.adding(features));
  }
}
