package dev.tutti.backplane.testkit;

/** Cases of one theme; each is given a fresh trial. Its name heads them in the report. */
interface Theme {

  /** The case that is being played. */
  Trial trial();
}
