const NONE: () = ();
