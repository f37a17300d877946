use super::contract::*;

<<<<<<< HEAD
pub async fn get() {}
=======
pub async fn got() {}
>>>>>>> other
