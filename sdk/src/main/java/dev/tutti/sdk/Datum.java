package dev.tutti.sdk;

/** What a feed brought last, and of which step it is. */
@SuppressWarnings("ArrayRecordComponent")
record Datum(int step, byte[] payload) {}
