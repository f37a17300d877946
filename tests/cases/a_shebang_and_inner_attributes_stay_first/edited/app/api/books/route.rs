#!/usr/bin/env rustx
//! Books, and nothing else.
#![warn(missing_docs)]
#![cfg_attr(docsrs, doc(cfg(feature = "books")))]
