<<<<<<< HEAD
use a::b;
||||||| base
=======
use c::d;
>>>>>>> one
