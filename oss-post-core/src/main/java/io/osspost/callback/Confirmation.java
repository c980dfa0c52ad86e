package io.osspost.callback;

/** Whether the server has seen an uploaded object itself. */
public enum Confirmation {
  /** It has, and the object is the one that the callback reported. */
  CONFIRMED,
  /** It has seen a newer object of the same grant; size, type and ETag are of that one. */
  SUPERSEDED,
  /** It has not: size, type and ETag are as the callback reported them. */
  UNCONFIRMED
}
