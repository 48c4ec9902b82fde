/* Nicer, never needed. */
