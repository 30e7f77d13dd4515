<?php
/**
 * Loads WordPress in the current folder, calls the function that the command line names with the arguments that
 * standard input has as JSON, and prints what it returns as JSON; what it prints itself comes before, and a NUL.
 */

error_reporting( E_ALL & ~E_DEPRECATED );
ini_set( 'display_errors', 'stderr' );
if ( 'wp_install' === $argv[1] ) {
	define( 'WP_INSTALLING', true );
}
$_SERVER['HTTP_HOST'] = $argv[2];
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/export.php';
wp_set_current_user( 1 );
$result = call_user_func_array( $argv[1], json_decode( stream_get_contents( STDIN ), true ) );
echo "\0", wp_json_encode( $result );
