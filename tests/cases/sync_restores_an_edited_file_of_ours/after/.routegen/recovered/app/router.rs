// @generated
// Mine.
